"""The blueprint that the modules of this package fill."""

from flask import Blueprint

from ...prose import paragraphs

bp = Blueprint("proposals", __name__)
bp.add_app_template_filter(paragraphs)
