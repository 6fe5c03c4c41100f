"""Run Dagster's webserver with the page of each report beside Dagster's own: browsers open no file from a web page.

usage: python -m pipelines.web_pages [the options of dagster-webserver]
"""

import re

from dagster_webserver import app, cli
from dagster_webserver.webserver import DagsterWebserver
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from pipelines.home import find_home
from pipelines.settings import SettingsError, load

OURS = ("127.0.0.1", "localhost")  # a page elsewhere that names itself so to a browser comes under its own name
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Webserver(DagsterWebserver):  # type: ignore[type-arg]  # its contexts are names of no public module
    """Dagster's webserver with one route more."""

    def build_routes(self) -> list[BaseRoute]:
        """The page of a report, and all that Dagster has."""
        theirs = super().build_routes()  # type: ignore[no-untyped-call]  # Dagster leaves it without types
        return [Route("/coldcoffee/{owner}/{week}", page), *theirs]


def page(request: Request) -> Response:
    """The page of one owner's report of one week. Only on this machine, and only where there is one owner: else one could
    read another's."""
    owner, week = request.path_params["owner"], request.path_params["week"]
    if request.url.hostname not in OURS or not re.fullmatch(r"\d{4}-W\d{2}", week):
        return PlainTextResponse("There is no such report.", 404, HEADERS)
    home = find_home(None)
    try:
        owners = load(home.settings).owner
    except SettingsError as error:
        return PlainTextResponse(str(error), 404, HEADERS)
    if len(owners) > 1:
        return PlainTextResponse(
            "There are several owners: each opens report.html in a folder of their own.", 403, HEADERS
        )
    path = home.report(owner, week) / "report.html"
    if owner not in owners or not path.is_file():
        return PlainTextResponse("There is no such report.", 404, HEADERS)
    return FileResponse(path, media_type="text/html; charset=utf-8", headers=HEADERS)


def main() -> None:
    """Run it as `dagster-webserver` runs."""
    # where Dagster's command finds what it starts; its modules leave both without types
    app.DagsterWebserver = Webserver  # type: ignore[attr-defined]
    cli.main()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
