from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="decided_why",
            field=models.CharField(blank=True, max_length=400),
        ),
    ]
