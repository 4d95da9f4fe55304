"""How a client is set up: arguments before the environment, the environment before defaults."""

import pickle
from typing import Any

import msgspec
import pytest

from heygen_async import Config, HeyGen, RetryPolicy, Timeouts
from heygen_async.config import is_loopback
from heygen_async.errors import ConfigError

ENV = {"HEYGEN_API_KEY": "env-key", "HEYGEN_API_BASE": "https://env.example"}


def test_an_argument_comes_before_the_environment() -> None:
    config = Config.load(api_key="arg-key", base_url="https://arg.example", environ=ENV)
    assert config.api_key.reveal() == "arg-key"
    assert config.base_url == "https://arg.example"


def test_the_environment_comes_before_the_defaults() -> None:
    config = Config.load(environ=ENV)
    assert config.api_key.reveal() == "env-key"
    assert config.base_url == "https://env.example"


def test_the_defaults_are_heygens() -> None:
    config = Config.load(environ={"HEYGEN_API_KEY": "k"})
    assert config.base_url == "https://api.heygen.com"
    assert config.upload_url == "https://upload.heygen.com"
    assert config.timeouts == Timeouts(read=30.0, write=120.0, connect=10.0, stall=60.0)
    assert config.retry == RetryPolicy()
    assert config.trust_env is True


def test_the_process_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYGEN_API_KEY", " spaced \n")
    assert Config.load().api_key.reveal() == "spaced"
    assert HeyGen().config.api_key.reveal() == "spaced"


def test_tests_find_no_key_of_the_developers() -> None:
    with pytest.raises(ConfigError, match="no API key"):
        HeyGen()


@pytest.mark.parametrize("key", [None, "", " ", "\n"])
def test_without_a_key_there_is_no_client(key: str | None) -> None:
    with pytest.raises(ConfigError, match="no API key") as caught:
        Config.load(api_key=key, environ={"HEYGEN_API_KEY": "  "} if key is None else ENV)
    assert caught.value.hint is not None
    assert "HEYGEN_API_KEY" in caught.value.hint


@pytest.mark.parametrize("key", ["a\r\nX-Evil: 1", "clé", "a\0b", "\x7f", "key\u200b"])
def test_a_key_that_no_header_can_carry_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Config.load(api_key=key, environ={})
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    "base",
    [
        "https://api.heygen.com",
        "https://api.heygen.com/",
        "https://api.heygen.com//",
        "HTTPS://API.HeyGen.com",
        "https://api.heygen.com:443/",
        " https://api.heygen.com\n",
    ],
)
def test_heygens_own_address_keeps_the_upload_host(base: str) -> None:
    config = Config.load(base_url=base, environ=ENV)
    assert config.base_url == "https://api.heygen.com"
    assert config.upload_url == "https://upload.heygen.com"


@pytest.mark.parametrize(
    "base",
    [
        "http://127.0.0.1:8700",
        "http://localhost:8700",
        "http://heygen.localhost",
        "http://[::1]:8700",
        "http://127.8.9.1",
        "https://proxy.example/heygen",
    ],
)
def test_another_address_takes_the_uploads_too(base: str) -> None:
    config = Config.load(base_url=base + "/", environ=ENV)
    assert config.base_url == config.upload_url == base


@pytest.mark.parametrize(
    "base",
    [
        "http://api.heygen.com",
        "http://example.com",
        "http://10.0.0.1",
        "http://192.168.1.1:8700",
        "http://0.0.0.0:8700",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://notlocalhost",
    ],
)
def test_the_key_never_goes_over_plain_http_to_another_machine(base: str) -> None:
    for given in ({"base_url": base}, {"environ": ENV | {"HEYGEN_API_BASE": base}}):
        with pytest.raises(ConfigError, match="plain http") as caught:
            Config.load(**{"environ": ENV} | given)  # type: ignore[arg-type]
        assert caught.value.hint == "Use https."


@pytest.mark.parametrize(
    "base",
    [
        "api.heygen.com",
        "ftp://api.heygen.com",
        "https://",
        "https:///v3",
        "https://h?key=1",
        "https://h#part",
        "https://user@h",
        "https://user:canary@h",
        "https://:canary@h",
        "http://localhost:99999",
        "http://localhost:port",
        "http://[::1",
        "/v3",
    ],
)
def test_what_is_no_http_address_is_refused_without_its_password(base: str) -> None:
    with pytest.raises(ConfigError, match="http or https address") as caught:
        Config.load(base_url=base, environ=ENV)
    assert "canary" not in str(caught.value)
    assert "key=1" not in str(caught.value)


@pytest.mark.parametrize("name", ["max_requests", "max_transfers"])
@pytest.mark.parametrize("value", [0, -1])
def test_a_bound_below_one_is_refused(name: str, value: int) -> None:
    with pytest.raises(ConfigError, match=name):
        Config.load(environ=ENV, **{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [0, -1.0, float("nan"), "fast", True])
def test_a_bandwidth_of_nothing_is_refused(value: Any) -> None:
    with pytest.raises(ConfigError, match="max_bandwidth must be more than 0 bytes"):
        Config.load(environ=ENV, max_bandwidth=value)


@pytest.mark.parametrize("name", ["read", "write", "connect", "stall"])
@pytest.mark.parametrize("value", [0, -1.0, float("nan"), "30", None, True])
def test_a_time_that_nobody_can_wait_for_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ConfigError, match=rf"timeouts\.{name} must be more than 0"):
        Config.load(environ=ENV, timeouts=Timeouts(**{name: value}))


@pytest.mark.parametrize(
    ("name", "value"),
    [("max_retries", -1), ("max_retries", 1.5), ("base", -0.1), ("cap", "1"), ("max_elapsed", -1)],
)
def test_a_policy_that_makes_no_sense_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ConfigError, match=rf"retry\.{name} must be at least 0"):
        Config.load(environ=ENV, retry=RetryPolicy(**{name: value}))


@pytest.mark.parametrize("value", [b"key", 5, ["k"]])
def test_what_is_no_text_is_refused_and_not_shown(value: Any) -> None:
    with pytest.raises(ConfigError, match="API key must be text"):
        Config.load(api_key=value, environ=ENV)
    with pytest.raises(ConfigError, match="base_url must be text"):
        Config.load(base_url=value, environ=ENV)


def test_a_configuration_is_frozen_and_shows_no_key() -> None:
    config = Config.load(api_key="canary", environ={})
    with pytest.raises(AttributeError):
        config.base_url = "https://evil.example"  # type: ignore[misc]
    assert "canary" not in repr(config) + str(config)
    assert "canary" not in repr(msgspec.structs.asdict(config))
    for leave in (pickle.dumps, msgspec.json.encode):
        with pytest.raises(TypeError):
            leave(config)


@pytest.mark.parametrize(
    ("host", "here"),
    [("localhost", True), ("a.localhost", True), ("127.0.0.2", True), ("::1", True),
     ("example.com", False), ("10.0.0.1", False), ("localhost.com", False), ("", False)],
)  # fmt: skip
def test_this_machine_is_known(host: str, *, here: bool) -> None:
    assert is_loopback(host) is here
