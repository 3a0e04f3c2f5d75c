//! Statements written as SQL that PostgreSQL parses and plans once per connection. `diesel::sql_query` has it done at every call, which cost
//! a checkout more than running its statements.

use std::borrow::Cow;
use std::marker::PhantomData;

use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{HasSqlType, Untyped};

/// A statement with the values of its `$1`, `$2` … so far; rows are read by column name (`QueryableByName`).
pub struct Statement<Binds = ()> {
    sql: Cow<'static, str>,
    binds: Binds,
}

/// A value behind those before it.
pub struct Bound<Before, SqlType, Value> {
    before: Before,
    value: Value,
    sql_type: PhantomData<SqlType>,
}

/// A statement that stays prepared on each connection. Only for text that the program writes, of which there are few: what differs
/// from call to call is bound. Where the text itself differs endlessly, `diesel::sql_query` is right.
pub fn sql(text: impl Into<Cow<'static, str>>) -> Statement {
    Statement { sql: text.into(), binds: () }
}

impl<Binds> Statement<Binds> {
    /// The next value.
    pub fn bind<SqlType, Value>(self, value: Value) -> Statement<Bound<Binds, SqlType, Value>> {
        Statement { sql: self.sql, binds: Bound { before: self.binds, value, sql_type: PhantomData } }
    }
}

impl<Binds> Query for Statement<Binds> {
    type SqlType = Untyped;
}

impl<Binds> QueryId for Statement<Binds> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Binds: QueryFragment<Pg>> QueryFragment<Pg> for Statement<Binds> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(&self.sql);
        self.binds.walk_ast(out)
    }
}

impl<Before, SqlType, Value> QueryFragment<Pg> for Bound<Before, SqlType, Value>
where
    Before: QueryFragment<Pg>,
    Pg: HasSqlType<SqlType>,
    Value: ToSql<SqlType, Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.before.walk_ast(out.reborrow())?;
        out.push_bind_param_value_only::<SqlType, _>(&self.value)
    }
}
