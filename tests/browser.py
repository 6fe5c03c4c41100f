"""A real Chromium for tests: open a page as a reader's device would, and find what is wrong with its looks."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_chromium = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="needs Chromium: apt-get install chromium chromium-driver fonts-noto-cjk"
)
HEIGHT = 900

# Finds what sticks out of the page, pictures without words, and text whose colour is too near to what lies behind it
# (WCAG 2.2, 1.4.3: 4.5:1, or 3:1 for large text). Every colour is the one that the browser has computed.
AUDIT = r"""
const wrong = [];
const about = node => `<${node.tagName.toLowerCase()}> “${(node.innerText || '').trim().slice(0, 60)}”`;
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width) wrong.push(`the page is ${document.documentElement.scrollWidth} wide in ${width}`);
const parts = text => {
  const found = text.match(/[\d.]+/g).map(Number);
  return found.length < 4 ? [...found, 1] : found;
};
const over = (front, back) => front.slice(0, 3).map((part, at) => part * front[3] + back[at] * (1 - front[3]));
const behind = node => {
  const layers = [];
  for (let at = node; at; at = at.parentElement) {
    const colour = parts(getComputedStyle(at).backgroundColor);
    if (colour[3] > 0) layers.unshift(colour);
    if (colour[3] === 1) break;
  }
  if (!layers.length || layers[0][3] < 1) wrong.push(`${about(node)} has no colour of its own behind it`);
  return layers.reduce((back, layer) => over(layer, back), [255, 255, 255]);
};
const light = colour => {
  const [red, green, blue] = colour.map(part => part / 255).map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
for (const node of document.querySelectorAll('body, body *')) {
  const box = node.getBoundingClientRect();
  if (box.width && (box.right > width + 1 || box.left < -1)) wrong.push(`${about(node)} reaches from ${box.left} to ${box.right} of ${width}`);
  if (node.tagName === 'IMG' && !node.alt) wrong.push('a picture without words');
  if (node.tagName === 'svg' && !node.getAttribute('aria-label')) wrong.push('a drawing without words');
  const speaks = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
  if (!speaks || !box.width || node.closest('svg')) continue;
  const style = getComputedStyle(node), back = behind(node);
  const [one, two] = [light(over(parts(style.color), back)), light(back)].sort((a, b) => b - a);
  const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
  const ratio = (one + 0.05) / (two + 0.05);
  if (ratio < (large ? 3 : 4.5)) wrong.push(`${about(node)} has a contrast of ${ratio.toFixed(2)}`);
}
return wrong;
"""


# Waits until the page's text has certain words in it, and gives the text.
READ = """
const done = arguments[1], words = new RegExp(arguments[0]);
const observer = new MutationObserver(() => look());
const look = () => {
  if (words.test(document.body.innerText)) { observer.disconnect(); done(document.body.innerText); }
};
observer.observe(document, {childList: true, subtree: true, characterData: true});
look();
"""


class Look(NamedTuple):
    """How a page is looked at."""

    width: int
    dark: bool
    printed: bool = False


class Browser:
    """One Chromium."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, page: Path, look: Look) -> None:
        """Open a file in a window of this width, light or dark."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": look.width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": look.width < 500},
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if look.dark else "light"}
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"media": "print" if look.printed else "screen", "features": [scheme]}
        )
        self.driver.get_log("performance")  # type: ignore[no-untyped-call]  # what came before is another page's
        self.driver.get(page.as_uri())

    def visit(self, address: str, until: str) -> str:
        """Open an address on this machine, and return the page's text once it has words in it that fit a pattern."""
        self.driver.set_script_timeout(120)
        self.driver.get(address)
        return str(self.driver.execute_async_script(READ, until))

    def wrong(self) -> list[str]:
        """What is wrong with the looks of the page: a sentence each."""
        found: list[str] = self.driver.execute_script(AUDIT)
        return found

    def loaded(self) -> list[str]:
        """Every address that the page has asked for, but for itself and what it holds as data."""
        found = []
        for entry in self.driver.get_log("performance"):  # type: ignore[no-untyped-call]  # selenium leaves it without types
            event = json.loads(entry["message"])["message"]
            if event["method"] == "Network.requestWillBeSent":
                address = event["params"]["request"]["url"]
                if address != self.driver.current_url and not address.startswith("data:"):
                    found.append(address)
        return found

    def picture(self, path: Path) -> None:
        """Save a picture of the whole page."""
        height = self.driver.execute_script("return document.documentElement.scrollHeight")
        width = self.driver.execute_script("return document.documentElement.clientWidth")
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": min(height, 16_000), "deviceScaleFactor": 1, "mobile": False},
        )
        self.driver.save_screenshot(str(path))


@contextmanager
def browsing() -> Iterator[Browser]:
    """A Chromium with a profile of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as profile:
        options = Options()
        options.binary_location = str(CHROMIUM)
        for flag in (
            "--headless=new",
            "--no-sandbox",  # tests may run as root
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
        ):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
        driver = webdriver.Chrome(options, Service(str(DRIVER)))
        try:
            yield Browser(driver)
        finally:
            driver.quit()
