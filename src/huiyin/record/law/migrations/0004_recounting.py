from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("law", "0003_in_force_since"),
    ]

    operations = [
        migrations.AddField(
            model_name="calendaryear",
            name="recounted_upto",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="calendaryear",
            name="recounted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="calendaryear",
            name="moved",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
