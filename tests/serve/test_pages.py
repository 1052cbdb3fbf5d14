"""Every page, in both languages and in every form."""

from __future__ import annotations

from typing import Any

import pytest

PAGES = ("/",)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ("zh", "en"))
def test_a_page_is_shown_in_both_languages(client: Any, path: str, language: str) -> None:
    answer = client.get(path, params={"language": language})
    assert answer.status_code == 200
    assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_what_is_not_there_is_said_not_to_be(client: Any) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404 and "/nowhere" in answer.text


def test_a_language_nobody_speaks_is_refused(client: Any) -> None:
    assert client.get("/", params={"language": "fr"}).status_code == 400
