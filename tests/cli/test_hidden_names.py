"""What a file holds cannot write over what a terminal shows, nor bring a password there."""

import json

NAME, SHOWN = "North\u202e\u009b2J", r"North\u202e\u009b2J"


def test_names_are_shown_escaped_in_messages_json_and_reports(importer, write, home):
    write("b.csv", f"Building,Timezone\n{NAME},Mars/{NAME}\n")
    plain = importer("run", "b.csv")
    asked = importer("run", "b.csv", "--format", "json")
    for text in (plain.out + plain.err, asked.out + asked.err):
        assert SHOWN in text
        assert not {"\u202e", "\u009b"} & set(text)
    [finding] = json.loads(asked.out)["findings"]
    assert finding["value"] == f"Mars/{NAME}"
    report = (home / "b.result.csv").read_text("utf-8")
    assert f"`Mars/{SHOWN}`" in report
    assert f"{NAME},Mars/{NAME}" in report  # what the user wrote stays


def test_a_file_name_is_shown_escaped(importer, write):
    result = importer("check", f"{NAME}.csv")
    assert (result.status, SHOWN in result.err, NAME in result.err) == (2, True, False)


LINKS = "Glossary,Term,Title,URL\n,,Page,https://me:hunter2@x.example/a\n"


def test_credentials_in_a_link_are_a_warning_and_never_printed(importer, write, home):
    write("Links.csv", LINKS)
    args = ("Links.csv", "--template", "atlan-glossary")
    results = [importer("check", *args), importer("check", *args, "--format", "json")]
    results += [importer("run", *args), importer("plan", *args, "--format", "json")]
    for result in results:
        assert "holds a user name or a password" in result.out
        assert "hunter2" not in result.out + result.err
    found = json.loads(results[1].out)["findings"]
    severities = {one["severity"] for one in found if one["code"] == "unexpected"}
    assert severities == {"warning"}
    assert (home / "Links.result.csv").read_text("utf-8").count("hunter2") == 1  # the cell itself
