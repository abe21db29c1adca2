from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_helpers")]

    operations = [
        migrations.AddField("SealedPart", "stored", models.CharField(blank=True, default="", max_length=80)),
    ]
