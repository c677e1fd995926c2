import csv
import io

import pytest

from consult.formats import cap_collectif_columns as columns
from consult.formats.report import FormatError, Limits, Report

from .streams import by_type, checks, drawn

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


def test_a_proposal_its_amendment_argument_and_opinions(tmp_path):
    path = file_of(tmp_path, OPINION, vote("u2"), vote("u3", "MITIGE"), ARGUMENT, VERSION)

    records, report = drawn(KIND, path)

    (theme,) = by_type(records, "theme")
    assert (theme.number, theme.label, theme.title) == (3, "3", "L’argent")
    (proposal,) = by_type(records, "proposal")
    assert proposal.body == "Par étapes"
    assert proposal.created_at.isoformat() == "2019-10-07T15:47:00+02:00"
    assert [(s.person_key, s.value) for s in by_type(records, "stance")] == [
        ("person:u2", "agree"),
        ("person:u3", "mixed"),
    ]
    (argument,) = by_type(records, "argument")
    assert (argument.side, argument.parent_key) == ("against", "opinion:o1")
    (amendment,) = by_type(records, "amendment")
    assert (amendment.parent_key, amendment.body) == ("opinion:o1", "Par paliers")
    assert checks(report)["amendments"] == (1, 1)


def test_counters_beyond_the_votes_are_a_declared_baseline(tmp_path):
    path = file_of(tmp_path, OPINION, vote("u2"), vote("u3", "NO"))

    records, report = drawn(KIND, path)

    (proposal,) = by_type(records, "proposal")
    assert (proposal.agree, proposal.mixed, proposal.disagree) == (5, 1, 2)
    assert checks(report)["opinions-imported"] == (10, 2)
    assert checks(report)["opinions-baseline"] == (10, 8)
    assert checks(report)["opinions-agree"] == (6, 6)


def test_a_vote_given_twice_counts_once_and_one_without_author_stays_in_the_counters(tmp_path):
    nobody = vote("", contributions_votes_id="x")
    path = file_of(tmp_path, OPINION, vote("u2"), vote("u2", "NO"), nobody)

    records, report = drawn(KIND, path)

    assert [q.code for q in report.quarantined] == ["key-twice"]
    assert len(by_type(records, "stance")) == 1
    assert by_type(records, "proposal")[0].agree == 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    path = file_of(tmp_path, OPINION, ARGUMENT, encoding=encoding, delimiter=delimiter)

    records, report = drawn(KIND, path)

    assert records[0].title == "Le débat"
    assert by_type(records, "theme")[0].title == "L’argent"
    assert report.quarantined == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"type": "poll"}, "unknown-type"),
        ({"contributions_arguments_id": ""}, "missing-field"),
        ({"contributions_arguments_id": "a1"}, "key-twice"),
        ({"contributions_arguments_type": "MAYBE"}, "unknown-value"),
        ({"contributions_arguments_related_id": "o9"}, "parent-missing"),
        ({"contributions_votes_value": "YES"}, "shifted"),
        ({"contributions_arguments_body": "a\x00b"}, "nul"),
    ],
)
def test_a_faulty_row_is_quarantined_with_its_line(tmp_path, changes, code):
    faulty = ARGUMENT | {"contributions_arguments_id": "a2"} | changes
    path = file_of(tmp_path, OPINION, ARGUMENT, faulty, vote("u2"))

    records, report = drawn(KIND, path)

    assert [(q.line, q.code) for q in report.quarantined] == [(4, code)]
    assert len(by_type(records, "stance")) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"contributions_votes_value": "PERHAPS"}, "unknown-value"),
        ({"contributions_votes_createdAt": "31/31/2019 10:00"}, "not-a-date"),
    ],
)
def test_a_faulty_vote_stays_in_the_counters(tmp_path, changes, code):
    records, report = drawn(KIND, file_of(tmp_path, OPINION, vote("u2", **changes)))

    assert [(q.line, q.code) for q in report.quarantined] == [(3, code)]
    assert by_type(records, "proposal")[0].agree == 6


def test_short_rows_are_padded_and_long_ones_quarantined(tmp_path):
    lines = text_of(OPINION, ARGUMENT, vote("u2")).splitlines()
    lines[2] = lines[2].rstrip(";")
    lines[3] += ";;"

    records, report = drawn(KIND, file_of(tmp_path, raw="\r\n".join([*lines, ""]).encode()))

    assert len(by_type(records, "argument")) == 1
    assert [(q.line, q.code) for q in report.quarantined] == [(4, "columns-over")]


def test_the_line_of_a_row_counts_the_lines_inside_cells(tmp_path):
    body = "<p>a</p>\n<p>b</p>\nc"
    path = file_of(tmp_path, OPINION | {"contributions_bodyText": body}, {"type": "poll"})

    _, report = drawn(KIND, path)

    assert [q.line for q in report.quarantined] == [5]


def test_a_wrong_byte_faults_its_row_only(tmp_path):
    raw = text_of(OPINION, ARGUMENT, vote("u2")).encode().replace(b"Trop cher", b"Trop \xff cher")

    records, report = drawn(KIND, file_of(tmp_path, raw=raw))

    assert [q.code for q in report.quarantined] == ["not-text"]
    assert len(by_type(records, "stance")) == 1


@pytest.mark.parametrize("cut", [b'"', b"Trop", b"AGAINST"])
def test_a_cut_file_is_refused(tmp_path, cut):
    whole = text_of(OPINION, ARGUMENT).encode()
    path = file_of(tmp_path, raw=whole[: whole.index(cut, whole.index(b"argument;")) + 4])

    with pytest.raises(FormatError, match="cut"):
        drawn(KIND, path)


def test_a_file_cut_inside_a_letter_is_refused(tmp_path):
    whole = text_of(OPINION).encode()

    with pytest.raises(FormatError, match="cut"):
        drawn(KIND, file_of(tmp_path, raw=whole[: whole.index("é".encode()) + 1]))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "type is missing"),
        (b"a;b;c\r\n1;2;3\r\n", "type is missing"),
        (b"PK\x03\x04" + bytes(500), "not text"),
        (b"type;contributions_id;contributions_id\r\n", "same name"),
        (b"type;" + b"x;" * 1_000_000 + b"\r\n", "more than 500 columns"),
        (b"type;contributions_id\r\n", "nothing"),
        (b'"type" x;contributions_id\r\nopinion;o1\r\n', "type is missing"),
        ("type;contributions_id\r\n".encode("utf-16")[:-1], "cut"),
        ("type;contributions_id\r\n".encode("utf-16") + b"\x00\xdc\x00\x00", "not text"),
        (b'type;contributions_id\r\nopinion;"' + b"a\n" * 600_000, "not closed"),
        (b"type;contributions_id\r\n" + b"x" * 4_100_000, "longer than"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path, raw, message):
    with pytest.raises(FormatError, match=message):
        drawn(KIND, file_of(tmp_path, raw=raw))


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(FormatError, match="does not exist"):
        drawn(KIND, tmp_path / "nowhere.csv")


def test_a_file_over_the_limit_is_refused(tmp_path):
    path = file_of(tmp_path, OPINION)
    with path.open("r+b") as file:
        file.truncate(100_000_000)

    with pytest.raises(FormatError, match="larger than"):
        drawn(KIND, path)
    with pytest.raises(FormatError, match="larger than"):
        drawn(KIND, file_of(tmp_path, OPINION), report=Report(Limits(file=10)))


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("contributions_votesCountOk", "opinion.votescountok"),
        ("export_contribution_votes_count_ok", "opinion.votescountok"),
        ("export_contributions_created_at", "opinion.createdat"),
        ("contribution_versions_bodyText", "version.bodytext"),
        ("export_contribution_versions_body_text", "version.bodytext"),
        ("export_contribution_sources_related_id", "source.relatedid"),
        ("contributions_arguments_votesCount", "argument.votescount"),
        ("export_participant_username", "person.username"),
        ("export_contribution_type", "type"),
        ("Type.de.contenu", "type"),
        ("Id.de.l.auteur", "any.authorid"),
        ("Lié.à..", "any.related"),
        ("export_participant_phone", ""),
    ],
)
def test_the_three_generations_meet(header, name):
    assert columns.rename(header) == name


def test_the_table_of_2015_is_read(tmp_path):
    text = (
        "Identifiant,Type.de.contenu,Catégorie,Titre,Lié.à..,Contenu,Id.de.l.auteur,Votes.pour,"
        "Votes.mitigés,Votes.contre\r\n"
        "12,Proposition,TITRE Ier,Ouvrir,,Tout,c1,5,2,1\r\n"
        '12,Argument,Pour,,"Proposition ""12""",Oui,c2,,,\r\n'
        '3,Modification,TITRE Ier,Mieux,"Proposition ""12""",Presque tout,c2,,,\r\n'
        '9,Vote,,,"Proposition ""12""",,c3,,,\r\n'
    )

    records, report = drawn(KIND, file_of(tmp_path, raw=text.encode()))

    assert report.quarantined == []
    (proposal,) = by_type(records, "proposal")
    assert (proposal.agree, proposal.state, proposal.body) == (5, "published", "Tout")
    assert by_type(records, "argument")[0].side == "for"
    assert by_type(records, "amendment")[0].parent_key == "opinion:12"
    assert by_type(records, "stance") == []


def test_an_opinion_on_an_argument_stays_in_the_counters(tmp_path):
    text = (
        "Identifiant,Type.de.contenu,Catégorie,Titre,Lié.à..,Contenu,Id.de.l.auteur,Votes.pour\r\n"
        "12,Proposition,TITRE Ier,Ouvrir,,Tout,c1,5\r\n"
        '13,Argument,Pour,,"Proposition ""12""",Oui,c2,\r\n'
        '9,Vote,Pour,,"Argument ""13""",,c3,\r\n'
    )

    records, report = drawn(KIND, file_of(tmp_path, raw=text.encode()))

    assert report.quarantined == []
    assert by_type(records, "stance") == []
    assert by_type(records, "proposal")[0].agree == 5


def test_what_was_put_in_the_bin_is_withdrawn(tmp_path):
    records, _ = drawn(KIND, file_of(tmp_path, OPINION | {"contributions_trashed": "1"}))

    assert by_type(records, "proposal")[0].state == "withdrawn"


def test_people_sign_by_their_name_or_by_their_pseudonym(tmp_path):
    text = (
        "export_contribution_type;export_contributions_id;export_contributions_section_title;"
        "export_contributions_author_id;export_participant_username;export_participant_firstname;"
        "export_participant_lastname\r\n"
        "opinion;o1;Un;u1;ada;Ada;Bon\r\n"
        "opinion;o2;Un;u2;bob;;\r\n"
        "opinion;o3;Un;u3;;;\r\n"
    )

    records, report = drawn(KIND, file_of(tmp_path, raw=text.encode()))

    assert report.quarantined == []
    signed = [(p.signature.kind, p.signature.text) for p in by_type(records, "proposal")]
    assert signed == [("name", "Ada Bon"), ("pseudonym", "bob"), ("none", "")]
    assert [p.name for p in by_type(records, "person")] == ["ada", "bob", ""]


def test_sections_whose_numbers_are_none_are_numbered_by_rank(tmp_path):
    second = OPINION | {"contributions_id": "o2", "contributions_section_title": "IIII. Le reste"}

    records, report = drawn(KIND, file_of(tmp_path, OPINION, second))

    assert report.quarantined == []
    assert [(t.number, t.label, t.title) for t in by_type(records, "theme")] == [
        (1, "1", "3. L’argent"),
        (2, "2", "IIII. Le reste"),
    ]


def test_what_hangs_on_a_faulty_section_stays_out_with_it(tmp_path):
    faulty = {"contributions_id": "o2", "contributions_section_title": "4. Le\x00reste"}

    records, report = drawn(KIND, file_of(tmp_path, OPINION, OPINION | faulty))

    assert [t.number for t in by_type(records, "theme")] == [3]
    assert [p.key for p in by_type(records, "proposal")] == ["opinion:o1"]
    assert [q.code for q in report.quarantined] == ["nul", "nul"]


def test_a_row_with_stray_quotes_is_quarantined(tmp_path):
    raw = text_of(OPINION, ARGUMENT, vote("u2")).replace('"Trop cher; trop"', '"Trop" cher')

    records, report = drawn(KIND, file_of(tmp_path, raw=raw.encode()))

    assert [(q.line, q.code) for q in report.quarantined] == [(3, "bad-quotes")]
    assert len(by_type(records, "stance")) == 1


@pytest.mark.realdata
def test_the_real_export_is_read_whole(shared):
    path = shared / "data" / "rua" / "cap-collectif-clean-sample.csv"

    records, report = drawn(KIND, path)

    assert report.quarantined == []
    assert report.read == {
        "theme": 1, "proposal": 1, "stance": 597, "argument": 139, "source": 1, "person": 627,
    }  # fmt: skip
    assert sum(a.side == "for" for a in by_type(records, "argument")) == 86
    assert sum(a.state == "hidden" for a in by_type(records, "argument")) == 3
    values = [stance.value for stance in by_type(records, "stance")]
    assert [values.count(v) for v in ("agree", "mixed", "disagree")] == [344, 131, 122]
    assert checks(report)["opinions-baseline"] == (597, 0)
    assert checks(report)["reports"] == (2, 0)
    assert by_type(records, "source")[0].body == "voir le lien"
