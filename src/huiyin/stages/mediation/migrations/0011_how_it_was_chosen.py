"""A choice that a side made in person, by telephone or on paper: how, and on which day it was heard."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mediation", "0010_at_the_table")]

    operations = [
        migrations.AddField("choice", "how", models.CharField(max_length=12, default="own_channel")),
        migrations.AddField("choice", "heard_on", models.DateField(null=True)),
        migrations.AddConstraint(
            "choice",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("heard_on", None), ("how", "own_channel")),
                    models.Q(models.Q(("how", "own_channel"), _negated=True), ("heard_on__isnull", False)),
                    _connector="OR",
                ),
                name="a_choice_that_was_heard_has_its_day",
            ),
        ),
    ]
