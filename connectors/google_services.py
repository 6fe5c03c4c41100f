"""Make Google's services of the discovery documents that google-api-python-client brings along."""

import json
import logging
from collections.abc import Callable
from typing import NamedTuple, Protocol

import httplib2
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc

from connectors.google_client import behind

logging.getLogger("googleapiclient.http").setLevel(logging.ERROR)  # its warnings repeat what is handled here


class Methods(Protocol):
    """A service of googleapiclient, or a request to one: its methods are made at run time, of a discovery document."""

    def __getattr__(self, name: str) -> "Callable[..., Methods]": ...


class Api(NamedTuple):
    """A service's methods, and the address that takes several calls as one."""

    methods: Methods
    batch: str


def api(name: str, version: str, root: str | None) -> Api:
    """A service whose host stands behind `root`, if there is one (`http://127.0.0.1:8400/gw`). Nothing is fetched."""
    document = json.loads(get_static_doc(name, version))
    if root is not None:
        document["rootUrl"] = behind(root, document["rootUrl"])
        document["baseUrl"] = document["rootUrl"] + document["servicePath"]
        document.pop("mtlsRootUrl", None)
    # the connection that it is given here is never used: each call has its thread's own
    return Api(build_from_document(document, http=httplib2.Http()), document["rootUrl"] + document["batchPath"])
