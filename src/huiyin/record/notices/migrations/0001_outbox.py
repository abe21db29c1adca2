"""The outbox of notices."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0002_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField()),
                ("told_until", models.PositiveBigIntegerField()),
                ("made_at", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "party",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.party",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_try_at", "id"],
                        name="notice_by_next_try",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("party", "number"), name="a_notice_has_its_own_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting"), ("tries", 0)),
                        fields=("party",),
                        name="one_notice_gathers_for_a_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "done", "undelivered"))),
                        name="notice_is_in_a_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "waiting"), ("settled_at__isnull", False), _connector="XOR"),
                        name="notice_waits_or_is_settled",
                    ),
                ],
            },
        ),
    ]
