"""The database: engine, schema, migrations, repositories."""
