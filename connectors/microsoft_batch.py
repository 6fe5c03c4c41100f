"""Ask many links to changes at once whether anything is new behind them."""

import json
from collections.abc import Mapping

from connectors.microsoft_graph import Graph, Item, number, objects, text

_AT_ONCE = 20  # Graph takes no more in one batch


def quiet(graph: Graph, links: Mapping[str, str]) -> dict[str, str]:
    """Those of the links behind which nothing is new, by their keys, each with the link that goes on from there.

    Whatever is not plainly quiet (changes, a dead link, a pause that the server asks for) is left out, and is found out by
    asking for it alone. Raises SourceError.
    """
    found: dict[str, str] = {}
    asked = [(key, path) for key, link in links.items() if (path := graph.path_of(link))]
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        wanted = [
            {"id": str(at), "method": "GET", "url": path, "headers": graph.headers()}
            for at, (_, path) in enumerate(some)
        ]
        answers = graph.post("/$batch", json.dumps({"requests": wanted}).encode())
        for answer in objects(answers, "responses"):
            body, at = answer.get("body"), text(answer, "id")
            if number(answer, "status") == 200 and isinstance(body, dict) and at.isdecimal() and int(at) < len(some):
                found |= _quiet(some[int(at)][0], body)
    return found


def _quiet(key: str, page: Item) -> dict[str, str]:
    further = text(page, "@odata.deltaLink")
    return {key: further} if further and page.get("value") == [] else {}
