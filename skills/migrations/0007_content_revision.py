from django.db import migrations


def drop_triggers(apps, schema_editor):
    """They write into the table, which goes next."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS skills_advance_content() CASCADE")
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%advances_content'")
        triggers = [name for name, in cursor.fetchall()]
    for trigger in triggers:
        schema_editor.execute(f"DROP TRIGGER {trigger}")


class Migration(migrations.Migration):
    """See `skills.content_revision`, which makes the triggers after migrating. No model: `flush` must not empty it."""

    dependencies = [
        ('skills', '0006_retirement'),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE TABLE skills_contentrevision (id bigint PRIMARY KEY, number bigint NOT NULL)",
            "DROP TABLE skills_contentrevision",
        ),
        migrations.RunPython(migrations.RunPython.noop, drop_triggers),
    ]
