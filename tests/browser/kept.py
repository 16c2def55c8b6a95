"""When the device has what was typed."""

from playwright.sync_api import Page

KEPT = "async (words) => (await window.drafts.all()).some((one) => JSON.stringify(one.content.fields).includes(words))"


def until_kept(page: Page, words: str) -> None:
    """Waits until a draft with these words lies on the device: no person leaves a page within the instant of a keystroke."""
    page.wait_for_function(KEPT, arg=words)
