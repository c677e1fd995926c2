"""Static files travel compressed, and their copies follow their contents."""

import gzip

from consult import static_files


def test_each_content_has_its_compressed_forms(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a { color: red }\n" * 100)
    first = static_files.compressed(source, tmp_path / "data")
    assert gzip.decompress((first / "a.css.gz").read_bytes()) == (source / "a.css").read_bytes()
    assert (first / "a.css.br").stat().st_size < 200
    assert static_files.compressed(source, tmp_path / "data") == first
    (source / "a.css").write_text("b { color: red }\n" * 100)
    second = static_files.compressed(source, tmp_path / "data")
    assert second != first
    assert (second / "a.css").read_text().startswith("b")
    assert sorted(path.name for path in first.parent.iterdir()) == sorted([first.name, second.name])


def test_the_server_sends_them_compressed(app):
    page = app.test_client().get("/").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    client = app.test_client()
    for encoding, most in (("gzip", 9_000), ("br", 8_000)):
        with client.get(address, headers={"Accept-Encoding": encoding}) as got:
            assert got.status_code == 200
            assert got.headers["Content-Encoding"] == encoding
            assert len(got.data) < most
            assert "max-age=31536000" in got.headers["Cache-Control"]
