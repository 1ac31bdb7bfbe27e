"""A check is cancelled on its page, which is written down, and is then checked again."""

from importer.uploads import UploadState
from tests.web.steward import GLOSSARIES, Steward

TERMS = "Glossary,Term\r\n" + "".join(f"Finance,T{n}\r\n" for n in range(60_000))


def test_a_check_is_cancelled_on_its_page_and_begun_again(web):
    steward = Steward.called(web)
    sent = [("files", ("Glossaries.csv", GLOSSARIES)), ("files", ("Terms.csv", TERMS))]
    answer = steward.browser.post("/uploads", files=sent)
    steward.name = answer.headers["Location"].rpartition("/")[2]
    assert f'action="{steward.path("cancel")}"' in steward.sees().text
    steward.does("cancel")
    text = steward.sees().text
    assert "The check was cancelled" in text
    assert "Check again" in text
    line = web.signed_in("ann").get("/audit").text
    assert "what: checking" in line
    assert steward.does("cancel").status_code == 303
    steward.does("check")
    assert web.site.uploads.get(steward.name).state is UploadState.CHECKED
