"""The reference: one fixed page, 20 rows, about 22 kB, with the usual extensions loaded."""

from flask import Flask, render_template
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from jinja2 import DictLoader

ROW = {
    "title": "Une carte vivante des lieux d'aide",
    "body": "Il faut connaître les acteurs, leurs objectifs et leurs publics. " * 13,
    "agree": 71,
    "mixed": 5,
    "disagree": 10,
}
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Référence</title></head>
<body><main><h1>Référence</h1><ol>{% for row in rows %}
<li><article><h2><a href="/rows/{{ loop.index }}">{{ row.title }}</a></h2><p>{{ row.body }}</p>
<p>{{ row.agree }} d'accord, {{ row.mixed }} mitigés, {{ row.disagree }} pas d'accord</p>
</article></li>
{% endfor %}</ol></main></body></html>"""

app = Flask(__name__)
app.config["SECRET_KEY"] = "reference"
app.jinja_loader = DictLoader({"page.html": PAGE})  # compiled once, as ours are
Babel(app, locale_selector=lambda: "fr")
CSRFProtect(app)
LoginManager(app).user_loader(lambda _number: None)


@app.get("/")
def page():
    """Render the reference page."""
    return render_template("page.html", rows=[ROW] * 20)
