"""What a row is: fields that know their label, help, kind, unit and choices.

A record class is written once. The CSV's header and types, the form, the validation and its sentences, the importers'
targets and the data dictionary are all derived from it.
"""

from careerkit.records.fields import (
    BLANK,
    Choice,
    Date,
    Field,
    Flag,
    Integer,
    Link,
    LongText,
    Moment,
    Number,
    Reference,
    References,
    Scale,
    Text,
    Words,
    is_blank,
    join_list,
    join_or,
    split_list,
)
from careerkit.records.form_plan import FormPlan
from careerkit.records.record import TIMES, Record, typed_frame

__all__ = [
    "BLANK",
    "TIMES",
    "Choice",
    "Date",
    "Field",
    "Flag",
    "FormPlan",
    "Integer",
    "Link",
    "LongText",
    "Moment",
    "Number",
    "Record",
    "Reference",
    "References",
    "Scale",
    "Text",
    "Words",
    "is_blank",
    "join_list",
    "join_or",
    "split_list",
    "typed_frame",
]
