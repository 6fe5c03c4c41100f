"""Several calls in one, and its answer taken apart."""

from connectors.google_batch import Answer, read, written

ANSWER = (
    "--x\r\nContent-Type: application/http\r\nContent-ID: <response-item:1>\r\n\r\n"
    'HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{"id": "Köln"}\r\n'
    "--x\r\nContent-Type: application/http\r\nContent-ID: <response-item:0>\r\n\r\n"
    "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\n\r\n{}\r\n--x--\r\n"
).encode()


def test_each_call_is_a_part() -> None:
    """Addresses lose their host, and keep what they ask for."""
    body = written(["https://gmail.googleapis.com/gmail/v1/x?format=full&fields=a%28b%29", "http://127.0.0.1:1/gw/y"])
    assert body.split("\r\n") == [
        "--coldcoffee_batch",
        "Content-Type: application/http",
        "Content-ID: <item:0>",
        "",
        "GET /gmail/v1/x?format=full&fields=a%28b%29 HTTP/1.1",
        "Accept: application/json",
        "",
        "--coldcoffee_batch",
        "Content-Type: application/http",
        "Content-ID: <item:1>",
        "",
        "GET /gw/y HTTP/1.1",
        "Accept: application/json",
        "",
        "--coldcoffee_batch--",
        "",
    ]


def test_answers_come_in_any_order() -> None:
    """They are told apart by their ids."""
    found = read("multipart/mixed; boundary=x", ANSWER)
    assert found == {1: Answer(200, "", '{"id": "Köln"}'.encode()), 0: Answer(429, "7", b"{}")}


def test_what_cannot_be_read_is_missing() -> None:
    """Half an answer, a page of HTML, nothing: no part is made up."""
    assert read("text/html", b"<html>") == {}
    assert read("multipart/mixed; boundary=x", b"") == {}
    assert read("multipart/mixed", ANSWER) == {}
    assert list(read("multipart/mixed; boundary=x", ANSWER[: ANSWER.index(b"HTTP/1.1 429")])) == [1]
