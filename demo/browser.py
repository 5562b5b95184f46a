"""A real Chromium without a window, spoken to over its debugging pipe (Chrome DevTools Protocol)."""

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any

from demo.play import LOOK_S, PlayFailed

PATIENCE_SECONDS = 20.0
NAMES = ("chromium", "chromium-browser", "google-chrome")
"""What it is called on systems that have one."""
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--no-default-browser-check",
    "--remote-debugging-pipe",
)


class Browser:
    """One page of one browser, as wide as a phone."""

    def __init__(self, out: FileIO, told: FileIO) -> None:
        self._out, self._in = out, told
        self._rest = b""
        self._sent = 0
        self._session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """What the browser answers to `method`. Raises PlayFailed."""
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._sent:
                if "error" in told:
                    raise PlayFailed(f"{method}: {told['error']}")
                return dict(told["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = self._in.read(65536)
            if not piece:
                raise PlayFailed("the browser has ended")
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(message))

    def language(self, code: str) -> None:
        """The language the browser asks for."""
        self.call("Network.enable")
        self.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": code})

    def scripts(self, *, on: bool) -> None:
        """Whether pages may run scripts."""
        self.call("Emulation.setScriptExecutionDisabled", value=not on)

    def open(self, url: str) -> None:
        """Go there, and wait until the page stands."""
        self.call("Page.navigate", url=url)
        self.wait(f"location.href === {json.dumps(url)} && document.readyState !== 'loading'")

    @contextmanager
    def sounds_shown(self) -> Iterator[None]:
        """Pages opened meanwhile show the sound they make as `window.context`."""
        shown = "const Real = AudioContext; window.AudioContext = function () { return window.context = new Real(); };"
        script = self.call("Page.addScriptToEvaluateOnNewDocument", source=shown)["identifier"]
        try:
            yield
        finally:
            self.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script)

    def ask(self, expression: str) -> object:
        """The value of a JavaScript expression in the page."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"]
        return result.get("value")

    def promised(self, expression: str) -> object:
        """As `ask`, of an expression that promises its value."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)["result"]
        return result.get("value")

    def wait(self, expression: str) -> None:
        """Wait until the expression is true. Raises PlayFailed."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not self._holds(expression):
            if time.monotonic() > end:
                raise PlayFailed(f"never became true: {expression}\n{self.text()}")
            time.sleep(LOOK_S)  # asked without a rest, page and play would take a core each

    def _holds(self, expression: str) -> bool:
        try:
            return bool(self.ask(expression))
        except PlayFailed as failure:
            if "navigated" in str(failure):  # the page was left while it was asked; the next one can be
                return False
            raise

    def text(self) -> str:
        """What a person can read on the page."""
        return str(self.ask("document.body.innerText"))

    def photograph(self, size: tuple[int, int], small: tuple[int, int]) -> bytes:
        """The page on a screen of `size` pixels, drawn in `small` ones of the same shape: a PNG."""
        clip = {"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": small[0] / size[0]}
        return base64.b64decode(self.call("Page.captureScreenshot", clip=clip, optimizeForSpeed=True)["data"])

    def shoot(self, path: Path) -> None:
        """A picture of the page."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))


@contextmanager
def browser(chromium: str, profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, ended afterwards."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()

    def put_in_place() -> None:
        """Chromium's debugger reads from 3 and writes to 4."""
        os.dup2(theirs_in, 3)
        os.dup2(theirs_out, 4)

    process = subprocess.Popen(  # noqa: S603  -- the browser that the caller found
        [chromium, *_FLAGS, f"--user-data-dir={profile}"],
        pass_fds=(3, 4),
        preexec_fn=put_in_place,  # noqa: PLW1509  -- calls nothing but dup2
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    with os.fdopen(ours_out, "wb", buffering=0) as out, os.fdopen(ours_in, "rb", buffering=0) as told:
        try:
            yield Browser(out, told)
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)
