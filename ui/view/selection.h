// What is selected, once for the whole window: one person, one item, or one item as a candidate of
// the explained request. Every view reads it and sets it; what is not selected turns grey.
// Window's thread.
#pragma once

#include <QObject>

#include "engine/base/ids.h"

namespace cascadelab {

class Selection : public QObject {
    Q_OBJECT
  public:
    enum class Kind { none, person, item, candidate };
    using QObject::QObject;

    Kind kind() const { return m_kind; }
    PersonId person() const { return m_person; }  // valid for person and candidate
    ItemId item() const { return m_item; }        // valid for item and candidate
    bool isItem(ItemId item) const { return m_item.valid() && m_item == item; }
    bool isPerson(PersonId person) const { return m_person.valid() && m_person == person; }
    bool empty() const { return m_kind == Kind::none; }

    void selectPerson(PersonId person);
    void selectItem(ItemId item);
    // The item in the request of the person: its scores and its fate.
    void selectCandidate(PersonId person, ItemId item);
    void clear();

  signals:
    void changed();

  private:
    void set(Kind kind, PersonId person, ItemId item);

    Kind m_kind = Kind::none;
    PersonId m_person;
    ItemId m_item;
};

}  // namespace cascadelab
