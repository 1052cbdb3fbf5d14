"""Older and other word processor formats (.doc, .wps, .rtf, .odt), by way of LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from kg.errors import ReadError

#: the import to use: left to choose, LibreOffice takes damaged files for plain text
_FILTERS = {".doc": "MS Word 97", ".rtf": "Rich Text Format", ".odt": "writer8"}
#: settings of the profile LibreOffice runs with: no macros, no links followed
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def convert(data: bytes, suffix: str, where: str, *, seconds: float) -> bytes:
    """A .docx made of an older file by LibreOffice, in a profile of its own, ended after `seconds`.

    Raises `ReadError` where LibreOffice is not installed, takes too long or cannot read the file.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ReadError(
            f"{where}: a {suffix} file is read by way of LibreOffice, which is not installed; install it, or save the file as .docx"
        )
    with tempfile.TemporaryDirectory(prefix="kg-convert-") as folder:
        profile = Path(folder, "profile", "user")
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        command = [program, "--headless", "--norestore", "--nolockcheck", "--nodefault",
                   f"-env:UserInstallation={profile.parent.as_uri()}", "--convert-to", "docx:MS Word 2007 XML",
                   f"--infilter={_FILTERS[suffix]}", "--outdir", str(Path(folder, "out")), str(source)]  # fmt: skip
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, cwd=folder, env={**os.environ, "HOME": folder},
        )  # fmt: skip
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise ReadError(
                f"{where}: LibreOffice did not convert it within {seconds:g} s; save it as .docx, or raise convert_seconds"
            ) from None
        finally:
            _end(process)
        made = Path(folder, "out", "document.docx")
        if not made.is_file():
            raise ReadError(
                f"{where}: LibreOffice cannot read this {suffix} file; it is damaged or locked: save it as .docx"
            )
        return made.read_bytes()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started: soffice is a script around the program proper."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except AttributeError:  # no process groups on this system
        process.kill()
    except (ProcessLookupError, PermissionError):
        pass
    process.wait()
