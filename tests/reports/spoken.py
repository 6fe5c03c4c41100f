"""Read from the code which sentences it can make: each literal that a call is given, its places filled with a word."""

import ast
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

ANYTHING = "Zzz"  # stands where a sentence holds what only a life can tell: a name, a title, a number
Scope = dict[str, list[ast.expr]]


def sentences(path: Path, callees: Sequence[str], argument: int = 0) -> Iterator[str]:
    """What an argument (the first one) of each call of these names may be. Names are followed to what they are set to, functions
    of the same file to what they return; what can't be followed is ANYTHING."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    constants = _assigned(node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign))
    called: set[int] = set()
    for function in [*functions.values(), tree]:
        scope = constants | (_assigned(ast.walk(function)) if isinstance(function, ast.FunctionDef) else {})
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Call)
                and id(node) not in called
                and _name(node.func) in callees
                and len(node.args) > argument
            ):
                called.add(id(node))
                yield from _texts(node.args[argument], scope, functions)


def _assigned(nodes: Iterator[ast.AST]) -> Scope:
    found: Scope = {}
    for node in nodes:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        for target in targets:
            if isinstance(target, ast.Name) and value is not None:
                found.setdefault(target.id, []).append(value)
            elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                for one, its in zip(target.elts, value.elts, strict=True):
                    if isinstance(one, ast.Name):
                        found.setdefault(one.id, []).append(its)
    return found


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _texts(node: ast.expr, scope: Scope, functions: dict[str, ast.FunctionDef]) -> list[str]:
    """All that an expression may be as a text."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        pieces = [_texts(piece, scope, functions) for piece in node.values]
        return ["".join(chosen) for chosen in product(*pieces)]
    if isinstance(node, ast.FormattedValue):
        return _texts(node.value, scope, functions)
    if isinstance(node, ast.IfExp):
        return _texts(node.body, scope, functions) + _texts(node.orelse, scope, functions)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = (_texts(node.left, scope, functions), _texts(node.right, scope, functions))
        return ["".join(chosen) for chosen in product(*sides)]
    if isinstance(node, ast.Name) and node.id in scope:
        inner = {name: values for name, values in scope.items() if name != node.id}
        return [text for value in scope[node.id] for text in _texts(value, inner, functions)]
    if isinstance(node, ast.Call):
        return _returned(node, scope, functions)
    return [ANYTHING]


def _returned(node: ast.Call, scope: Scope, functions: dict[str, ast.FunctionDef]) -> list[str]:
    function = functions.get(_name(node.func))
    if function is not None:
        inner = {name: values for name, values in functions.items() if name != function.name}
        within = scope | _assigned(ast.walk(function))
        returned = [one.value for one in ast.walk(function) if isinstance(one, ast.Return) and one.value is not None]
        return [text for value in returned for text in _texts(value, within, inner)]
    if isinstance(node.func, ast.Attribute) and node.func.attr == "get" and isinstance(node.func.value, ast.Dict):
        values = [*node.func.value.values, *node.args[1:]]
        return [text for value in values for text in _texts(value, scope, functions)]
    return [ANYTHING]
