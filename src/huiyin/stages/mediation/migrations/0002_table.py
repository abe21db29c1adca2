from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0004_ties"),
        ("cases", "0017_sides"),
        ("mediation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Candidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("tie", models.CharField(blank=True, default="", max_length=10)),
                ("tie_words", models.CharField(blank=True, default="", max_length=400)),
                ("may_penalise", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField(null=True)),
                ("void_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bodies.post"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.PositiveSmallIntegerField()),
                ("answer", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="choices", to="mediation.candidate"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.PositiveSmallIntegerField()),
                ("how", models.CharField(max_length=10)),
                ("has_failed", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PassedOn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=14)),
                ("body_name", models.CharField(max_length=200)),
                ("number", models.CharField(blank=True, default="", max_length=80)),
                ("at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("is_accepted", models.BooleanField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SideNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=8)),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Urgency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField()),
                ("set_at", models.DateTimeField()),
                ("look_on", models.DateField()),
                ("over_on", models.DateField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(fields=("case", "post"), name="a_mediator_is_offered_once"),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(fields=("candidate", "side"), name="a_side_chooses_once"),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ("accept", "object"))), name="choice_is_known"
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["case", "side"], name="invitation_of_side"),
        ),
        migrations.AddIndex(
            model_name="passedon",
            index=models.Index(fields=["case"], name="passed_on_of_case"),
        ),
        migrations.AddConstraint(
            model_name="passedon",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("hand_over", "peoples", "administrative", "judicial"))),
                name="passed_on_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sidenote",
            constraint=models.UniqueConstraint(fields=("case", "side", "kind"), name="a_side_is_asked_once"),
        ),
        migrations.AddConstraint(
            model_name="sidenote",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("safety", "wishes"))), name="side_note_is_known"
            ),
        ),
        migrations.AddIndex(
            model_name="urgency",
            index=models.Index(fields=["over_on"], name="urgency_by_end"),
        ),
    ]
