//! The values and rows of the job runner's statements, as PostgreSQL takes and gives them.

use graphile_worker::{DbCell, DbError, DbParams, DbRow, DbValue};
use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

pub(super) fn values(params: &DbParams) -> Vec<&(dyn ToSql + Sync)> {
    params.values().iter().map(value).collect()
}

fn value(value: &DbValue) -> &(dyn ToSql + Sync) {
    match value {
        DbValue::Bool(value) => value,
        DbValue::BoolOpt(value) => value,
        DbValue::I16(value) => value,
        DbValue::I16Opt(value) => value,
        DbValue::I32(value) => value,
        DbValue::I32Opt(value) => value,
        DbValue::I64(value) => value,
        DbValue::I64Opt(value) => value,
        DbValue::Json(value) => value,
        DbValue::JsonOpt(value) => value,
        DbValue::Text(value) => value,
        DbValue::TextOpt(value) => value,
        DbValue::TextArray(value) => value,
        DbValue::TextArrayOpt(value) => value,
        DbValue::I32Array(value) => value,
        DbValue::I64Array(value) => value,
        DbValue::TimestampTz(value) => value,
        DbValue::TimestampTzOpt(value) => value,
    }
}

pub(super) fn row(row: &Row) -> Result<DbRow, DbError> {
    let columns = row.columns().iter().enumerate();
    let cells = columns.map(|(at, column)| Ok((column.name().to_owned(), cell(row, at, column.type_())?)));
    Ok(DbRow::new(cells.collect::<Result<_, DbError>>()?))
}

fn cell(row: &Row, at: usize, kind: &Type) -> Result<DbCell, DbError> {
    let found = match *kind {
        Type::BOOL => row.try_get::<_, Option<_>>(at)?.map(DbCell::Bool),
        Type::INT2 => row.try_get::<_, Option<_>>(at)?.map(DbCell::I16),
        Type::INT4 => row.try_get::<_, Option<_>>(at)?.map(DbCell::I32),
        Type::INT8 => row.try_get::<_, Option<_>>(at)?.map(DbCell::I64),
        Type::JSON | Type::JSONB => row.try_get::<_, Option<_>>(at)?.map(DbCell::Json),
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME => row.try_get::<_, Option<_>>(at)?.map(DbCell::Text),
        Type::TIMESTAMPTZ => row.try_get::<_, Option<_>>(at)?.map(DbCell::TimestampTz),
        ref other => return Err(DbError::new(format!("a column of type {other} is not expected here"))),
    };
    Ok(found.unwrap_or(DbCell::Null))
}
