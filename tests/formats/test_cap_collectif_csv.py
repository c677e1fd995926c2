import pytest

from consult.formats import cap_collectif_columns as columns

from .rows import ARGUMENT, KIND, OPINION, VERSION, file_of, vote
from .streams import by_type, checks, drawn


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


def test_the_line_of_a_row_counts_the_lines_inside_cells(tmp_path):
    body = "<p>a</p>\n<p>b</p>\nc"
    path = file_of(tmp_path, OPINION | {"contributions_bodyText": body}, {"type": "poll"})

    _, report = drawn(KIND, path)

    assert [q.line for q in report.quarantined] == [5]


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
