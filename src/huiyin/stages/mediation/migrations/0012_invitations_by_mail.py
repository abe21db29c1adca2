"""An invitation by mail waits until the worker has sent it, or found that it cannot be delivered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mediation", "0011_how_it_was_chosen")]

    operations = [
        migrations.AddField("invitation", "waits", models.BooleanField(default=False)),
        migrations.AddIndex(
            "invitation",
            models.Index(fields=["id"], condition=models.Q(("waits", True)), name="invitation_to_send"),
        ),
    ]
