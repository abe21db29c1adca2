import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0001_initial"),
        ("cases", "0003_transfers_and_receipt"),
    ]

    operations = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=24)),
                ("text", models.TextField()),
                ("due_on", models.DateField()),
                ("first_due_on", models.DateField()),
                ("state", models.CharField(default="open", max_length=12)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("acts_done", models.PositiveSmallIntegerField(default=0)),
                ("next_act_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="cases.case",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="cases.document"
                    ),
                ),
                (
                    "owed_by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bodies.post"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owed_by", "state", "due_on", "id"], name="duty_to_keep_by_due"),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["next_act_on", "id"],
                        name="open_duty_by_next_act",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="a_duty_has_its_number_in_a_case"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state__in", ("open", "said_done"))),
                            models.Q(("ended_at__isnull", False), ("state__in", ("confirmed", "found_done"))),
                            _connector="OR",
                        ),
                        name="a_duty_is_owed_or_has_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("deed", models.CharField(max_length=12)),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("before_on", models.DateField(null=True)),
                ("officer_name_zh", models.CharField(blank=True, max_length=120)),
                ("officer_name_en", models.CharField(blank=True, max_length=160)),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="cases.duty"
                    ),
                ),
            ],
        ),
    ]
