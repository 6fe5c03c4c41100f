"""A browser for tests, to be named in BROWSER: it opens a provider's page and lets itself be led back."""

import re
import sys

import requests


def browse(url: str) -> str:
    """The page at which the way through the provider ends. Forms are sent off as soon as they are there."""
    page = requests.get(url, timeout=10).text
    form = re.search(r'<form method="post" action="(.*?)"', page)
    if form is None:
        return page
    fields = dict(re.findall(r'name="(.*?)" value="(.*?)"', page))
    return requests.post(form[1].replace("localhost", "127.0.0.1"), fields, timeout=10).text


if __name__ == "__main__":
    browse(sys.argv[1])
