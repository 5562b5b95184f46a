"""The browser of demo, for tests of pages."""

from demo.browser import Browser, browser

__all__ = ["Browser", "browser"]
