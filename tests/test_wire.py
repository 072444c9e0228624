"""The wire: one request, one reply, no other host, no end without end, and no key in any word."""

import socket
import threading

import pytest

from tests.endpoint import Says, serving
from workbench.assistant import wire
from workbench.assistant.wire import NoReply, post

KEY = "sk-aB3dE6gH9jK2mN5pQ8sT1vW4yZ7"


def test_the_bytes_arrive_as_they_are_with_the_key_in_its_header() -> None:
    body = '{"a": "ä😀"}'.encode()
    with serving() as endpoint:
        reply = post(endpoint.url, body, KEY)
    assert (reply.status, reply.fault) == (200, "")
    assert endpoint.got[0].body == body
    assert endpoint.got[0].path == "/v1/chat/completions"
    assert endpoint.got[0].headers["Authorization"] == f"Bearer {KEY}"


def test_without_a_key_there_is_no_header_for_it() -> None:
    with serving() as endpoint:
        post(endpoint.url + "/", b"{}")
    assert "Authorization" not in endpoint.got[0].headers
    assert endpoint.got[0].path == "/v1/chat/completions"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_told_and_not_followed(status: int) -> None:
    with serving() as elsewhere:
        headers = {"Location": f"{elsewhere.url}/chat/completions"}
        with serving(lambda _: Says(status=status, headers=headers)) as endpoint:
            reply = post(endpoint.url, b"{}", KEY)
        assert reply.fault.startswith(f"it answered {status} ")
        assert "no redirect is followed" in reply.fault
    assert elsewhere.got == []


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy, serving() as endpoint:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        post(endpoint.url, b"{}")
    assert (len(proxy.got), len(endpoint.got)) == (0, 1)


def test_a_fault_is_told_in_the_endpoint_s_words_without_the_key_and_harmless() -> None:
    said = f"\x1b[2Jno such model {KEY}".encode()
    with serving(lambda _: Says(status=404, raw=said)) as endpoint:
        reply = post(endpoint.url, b"{}", KEY)
    assert reply.fault == "it answered 404 Not Found: \\x1b[2Jno such model [key]"


def test_silence_ends_at_the_time_that_was_set() -> None:
    with (
        serving(lambda _: Says(delay=5)) as endpoint,
        pytest.raises(NoReply, match=r"within 0\.3 s"),
    ):
        post(endpoint.url, b"{}", seconds=0.3)


def test_a_reply_that_comes_drop_by_drop_ends_too() -> None:
    slow = serving(lambda _: Says("x" * 200, drip=0.1))
    with slow as endpoint, pytest.raises(NoReply, match=r"not answer within 0\.5 seconds"):
        post(endpoint.url, b"{}", seconds=0.5)
    assert endpoint.sent < 100


def test_a_reply_without_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LONGEST", 1000)
    long = serving(lambda _: Says("x" * 2000))
    with long as endpoint, pytest.raises(NoReply, match="more than 1000 bytes"):
        post(endpoint.url, b"{}")


def test_nobody_there_is_one_sentence() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NoReply, match=f"127.0.0.1:{port} could not be reached"):
        post(f"http://127.0.0.1:{port}/v1", b"{}")


def test_a_reply_that_is_no_http_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            line, _ = server.accept()
            with line:
                line.recv(65536)
                line.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")

        threading.Thread(target=answer, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        with pytest.raises(NoReply, match="could not be reached"):
            post(url, b"{}")


def test_https_does_not_fall_back_to_open_words() -> None:
    with serving() as endpoint, pytest.raises(NoReply, match="could not be reached"):
        post(endpoint.url.replace("http:", "https:"), b'{"said": "salaista"}', KEY)
    assert endpoint.got == []


@pytest.mark.parametrize(("header", "wait"), [("7", 7.0), ("", None), ("-1", None), ("soon", None)])
def test_how_long_to_wait_is_read_if_it_is_a_number(header: str, wait: float | None) -> None:
    with serving(lambda _: Says(status=429, headers={"Retry-After": header})) as endpoint:
        assert post(endpoint.url, b"{}").wait == wait
