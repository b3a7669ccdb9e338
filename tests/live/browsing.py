"""A real browser, and what makes a page usable for everybody: axe finds nothing, and nothing is wider than a phone."""

import json
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 AA and its own best practices: rule and place."""
    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{each['id']}: {json.dumps(node['target'])}" for each in found for node in each["nodes"]]


def is_wider_than_the_window(page: Page) -> bool:
    """Tell whether one would have to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def double_letters(page: Page) -> None:
    """Show text at 200 %, as the setting of a browser does."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
