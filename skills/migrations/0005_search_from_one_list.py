from django.db import migrations

INDEXES = ["skills_searchdocument_names_vector", "skills_searchdocument_vector"]

# PostgreSQL keeps what was written last in a list beside an index and reads all of it for each question, until a vacuum
# comes by. Here is read all day and written rarely.
OFF = [
    statement
    for index in INDEXES
    for statement in (f"ALTER INDEX {index} SET (fastupdate = off)", f"SELECT gin_clean_pending_list('{index}')")
]
ON = [f"ALTER INDEX {index} RESET (fastupdate)" for index in INDEXES]


def execute_on_postgresql(statements):
    def execute(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return execute


class Migration(migrations.Migration):
    dependencies = [("skills", "0004_search")]

    operations = [migrations.RunPython(execute_on_postgresql(OFF), execute_on_postgresql(ON))]
