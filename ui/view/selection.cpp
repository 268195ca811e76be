#include "ui/view/selection.h"

namespace cascadelab {

void Selection::selectPerson(PersonId person) {
    set(person.valid() ? Kind::person : Kind::none, person, ItemId{});
}

void Selection::selectItem(ItemId item) {
    set(item.valid() ? Kind::item : Kind::none, PersonId{}, item);
}

void Selection::selectCandidate(PersonId person, ItemId item) {
    if (!item.valid() || !person.valid()) return clear();
    set(Kind::candidate, person, item);
}

void Selection::clear() {
    set(Kind::none, PersonId{}, ItemId{});
}

void Selection::set(Kind kind, PersonId person, ItemId item) {
    if (kind == m_kind && person == m_person && item == m_item) return;
    m_kind = kind;
    m_person = person;
    m_item = item;
    emit changed();
}

}  // namespace cascadelab
