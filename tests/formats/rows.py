"""Makers of the rows of Cap Collectif's table."""

import csv
import io

KIND = "cap-collectif-csv"
HEAD = [
    "type", "contributions_id", "contributions_author_id", "contributions_consultation_title",
    "contributions_section_title", "contributions_title", "contributions_bodyText",
    "contributions_createdAt", "contributions_published", "contributions_trashed",
    "contributions_votesCount", "contributions_votesCountOk", "contributions_votesCountMitige",
    "contributions_votesCountNok", "contributions_argumentsCount", "contributions_versionsCount",
    "contributions_votes_id", "contributions_votes_related_id", "contributions_votes_author_id",
    "contributions_votes_value", "contributions_votes_createdAt",
    "contributions_arguments_related_id", "contributions_arguments_related_kind",
    "contributions_arguments_id", "contributions_arguments_type", "contributions_arguments_body",
    "contribution_versions_id", "contribution_versions_title", "contribution_versions_bodyText",
]  # fmt: skip
OPINION = {
    "type": "opinion", "contributions_id": "o1", "contributions_author_id": "u1",
    "contributions_consultation_title": "Le débat", "contributions_section_title": "3. L’argent",
    "contributions_title": "Financer", "contributions_bodyText": "<p>Par &eacute;tapes</p>",
    "contributions_createdAt": "07/10/2019 15:47", "contributions_published": "1",
    "contributions_votesCount": "10", "contributions_votesCountOk": "6",
    "contributions_votesCountMitige": "1", "contributions_votesCountNok": "3",
    "contributions_argumentsCount": "1", "contributions_versionsCount": "1",
}  # fmt: skip
ARGUMENT = {
    "type": "argument", "contributions_arguments_related_id": "o1",
    "contributions_arguments_related_kind": "opinion", "contributions_arguments_id": "a1",
    "contributions_arguments_type": "AGAINST", "contributions_arguments_body": "Trop cher; trop",
}  # fmt: skip
VERSION = {
    "type": "version", "contribution_versions_id": "v1", "contribution_versions_title": "Mieux",
    "contribution_versions_bodyText": "Par paliers",
}  # fmt: skip


def vote(person, value="YES", **changes):
    return {
        "type": "vote", "contributions_votes_related_id": "o1", "contributions_votes_id": person,
        "contributions_votes_author_id": person, "contributions_votes_value": value,
        "contributions_votes_createdAt": "20/11/2019 09:53",
    } | changes  # fmt: skip


def text_of(*things, delimiter=";"):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, HEAD, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(things)
    return out.getvalue()


def file_of(tmp_path, *things, raw=None, encoding="utf-8", delimiter=";"):
    path = tmp_path / "export.csv"
    text = text_of(*things, delimiter=delimiter)
    path.write_bytes(raw if raw is not None else text.encode(encoding))
    return path
