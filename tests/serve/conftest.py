"""One small build of our own, with hostile words in it, and the workbench on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.build import build
from kg.resources import data_dir

HOSTILE = (
    "某某市支持科技创新若干措施<script>alert(1)</script>\n\n"
    "第一条　对首次认定的高新技术企业，给予一次性\"奖励\"20万元。<img src=x onerror=alert(2)>\n"
    "第二条　由市科技局牵头建设“飞鸟<b>创新中心”，支持高校与企业联合攻关。\n"
)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the package's own sources and one hostile text."""
    folder = tmp_path_factory.mktemp("serve")
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    build([data_dir("sources"), folder / "hostile.txt"], folder / "build", workers=1)
    return folder / "build"


@pytest.fixture(scope="session")
def client(built: Path) -> Iterator[Any]:
    from starlette.testclient import TestClient

    from kg.serve.app import create_app

    with TestClient(create_app(built), base_url="http://127.0.0.1:8765", raise_server_exceptions=False) as opened:
        yield opened
