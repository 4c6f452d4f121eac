from app.vault.drafts import Draft, drafts, drop_draft, save_draft
from app.vault.store import Store
from models.ids import new_id


def test_a_draft_is_kept_as_it_was_last_typed(store: Store) -> None:
    form, clerk = new_id(), new_id()
    for at, body in ((1, "نیم".encode()), (2, b""), (3, "نیمه‌تمام".encode())):
        with store.writing() as connection:
            save_draft(connection, form, clerk, body, at)
    with store.reading() as connection:
        assert drafts(connection, clerk) == [Draft(form, clerk, 3, "نیمه‌تمام".encode())]


def test_each_person_has_their_own_the_last_first(store: Store) -> None:
    mine, other = new_id(), new_id()
    forms = [new_id() for _ in range(3)]
    with store.writing() as connection:
        for at, form in zip((5, 9, 7), forms, strict=True):
            save_draft(connection, form, mine, b"x", at)
        save_draft(connection, new_id(), other, b"y", 8)
        assert [draft.id for draft in drafts(connection, mine)] == [forms[1], forms[2], forms[0]]


def test_a_draft_that_another_person_goes_on_with_is_theirs(store: Store) -> None:
    form, first, second = new_id(), new_id(), new_id()
    with store.writing() as connection:
        save_draft(connection, form, first, b"x", 1)
        save_draft(connection, form, second, b"xy", 2)
        assert drafts(connection, first) == []
        assert [draft.body for draft in drafts(connection, second)] == [b"xy"]


def test_a_dropped_draft_is_gone_and_may_be_dropped_again(store: Store) -> None:
    form, clerk = new_id(), new_id()
    with store.writing() as connection:
        save_draft(connection, form, clerk, b"x", 1)
        for _ in range(2):
            drop_draft(connection, form)
        assert drafts(connection, clerk) == []
