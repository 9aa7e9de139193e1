use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

use crate::domain::Moment;

/// A month, or a year whose month is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct YearMonth(pub(crate) Moment);

/// A month of the Gregorian calendar, `2016-04`, or `2016` where only the year is known. As input,
/// `2016` means its first month where a time begins and its last month where a time ends.
#[Scalar]
impl ScalarType for YearMonth {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                let moment: Result<Moment, _> = text.trim().parse();
                moment.map(Self).map_err(InputValueError::custom)
            }
            Value::Number(number) => {
                let year = number.as_u64().and_then(|year| u16::try_from(year).ok());
                let moment = year.and_then(|year| Moment::year_only(year).ok());
                moment
                    .map(Self)
                    .ok_or_else(|| InputValueError::custom("not a year"))
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}
