"""Makers of the files of Cap Collectif's API of 2015."""

import io
import json
import tarfile


def opinion(number=1, **changes):
    return {
        "id": number, "title": "Ouvrir les données", "body": "<p>Un.</p><p>Deux&nbsp;!</p>",
        "created_at": "2015-10-18T22:15:08+0200", "updated_at": "2015-10-18T22:15:08+0200",
        "is_trashed": False, "type": {"id": 86, "title": "Section 1", "subtitle": "Données"},
        "author": {"uniqueId": "contributeur-1", "displayName": "contributeur-1"},
        "votes_ok": 5, "votes_mitige": 2, "votes_nok": 1, "votes_total": 8, "votes": [{}],
        "arguments": [argument(10 * number)], "arguments_count": 1, "arguments_yes_count": 1,
        "arguments_no_count": 0, "sources": [], "sources_count": 0, "versions_count": 3,
        "appendices": [{"body": "<p>Pourquoi</p>", "type": {"title": "Explication"}}],
        "_links": {"show": "https://x.fr/consultations/projet-de-loi/consultation/1"},
    } | changes  # fmt: skip


def argument(number, **changes):
    return {
        "id": number, "type": 1, "body": "Oui <br>\r\ncar <nom de famille>.", "votes_count": 4,
        "created_at": "2015-10-18T22:15:08+0200", "updated_at": "2015-10-18T22:15:08+0200",
        "is_enabled": True, "is_trashed": False,
        "author": {"uniqueId": "c-2", "displayName": "c-2"},
    } | changes  # fmt: skip


def bytes_of(number=1, **changes):
    return json.dumps({"opinion": opinion(number, **changes)}).encode()


def archive(tmp_path, files):
    path = tmp_path / "opinions.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(f"opinions/{name}")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path
