"""A text that is copied with one click."""

from __future__ import annotations

import anywidget
import traitlets

from careerkit.notebook.widgets import elements


class CopyText(anywidget.AnyWidget):
    """A text to change and to copy.

    The page copies what it shows, and does not wait for the kernel to have taken in the last letters.
    """

    _esm = elements.page_code("copy.js")
    label = traitlets.Unicode().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    fixed = traitlets.Bool(False, help="Whether it is only to be copied, and not changed.").tag(sync=True)
