"""How Sphinx makes the site of the documentation: ``make docs``. What stands where is in docs/site/contents.py.

The source folder is the root of the repository, so that a link from one Markdown file to another is the same on a code
host and on the site. Nothing is fetched: no fonts, no scripts, no inventories of other projects.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

from site_pages import hooks
from site_pages.contents import LEFT_OUT, PAGES

import xinzhi

project = "Xinzhi"
author = "The Xinzhi contributors"
project_copyright = "The Xinzhi contributors"
version = release = xinzhi.__version__
language = "en"

root_doc = "README"
include_patterns = PAGES
exclude_patterns = LEFT_OUT
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]
nitpicky = True
nitpick_ignore_regex = [
    (r"py:.*", r".*")
]  # types of other libraries have no inventory here; links of pages are checked
suppress_warnings = ["mystnb.mime_priority"]

# Markdown as code hosts read it, and directives in fences of braces.
myst_enable_extensions = ["attrs_inline", "colon_fence", "dollarmath", "tasklist"]
html_math_renderer = "mathml"
myst_heading_anchors = 6
myst_links_external_new_tab = False
highlight_language = "text"

# Lessons are run when the site is built, small (FAST=1); what was run is kept as long as the model stays the same.
os.environ["FAST"] = "1"
nb_execution_mode = os.environ.get("XINZHI_DOCS_NOTEBOOKS", "cache")
nb_execution_cache_path = str(ROOT / "build" / "docs" / "executed" / hooks.digest_of_the_model(ROOT))
nb_execution_in_temp = True
nb_execution_timeout = 300
nb_execution_raise_on_error = True
nb_execution_show_tb = True
nb_merge_streams = True
nb_ipywidgets_js: dict[str, dict[str, str]] = {}

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": False}
python_maximum_signature_line_length = 88
add_module_names = False

html_theme = "furo"
html_title = "Xinzhi"
html_static_path = ["site_pages/static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}


def setup(app: object) -> None:
    """Connect what is done to pages as they are read."""
    hooks.connect(app)
