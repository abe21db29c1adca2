"""The tables of the ledger: chains of events, and one tree over all of them.

Nothing outside this room reads them. No foreign key points at an event, so
that the table can be split by month when a city has filled it; whoever cites
an event cites its chain and number.
"""

from __future__ import annotations

from django.db import models


class Chain(models.Model):
    """The history of one case or one body, and its newest link."""

    class Kind(models.TextChoices):
        CASE = "case"
        BODY = "body"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    key = models.CharField(max_length=64)
    head = models.BinaryField(max_length=32)
    length = models.PositiveBigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="ledger_one_chain_each")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Event(models.Model):
    """One fact. Its private part can be erased together with its nonce; nothing else ever changes."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    nonce = models.BinaryField(max_length=32, null=True)
    private = models.TextField(null=True)  # noqa: DJ001 - NULL means erased, which an empty text is not
    commitment = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="ledger_one_event_each_seq")]

    def __str__(self) -> str:
        return f"event {self.seq} of chain {self.chain_id}"


class Leaf(models.Model):
    """The place of an event in the tree. Cites the event and holds no key to it."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    chain_id = models.BigIntegerField()
    seq = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain_id", "seq"], name="ledger_one_leaf_each_event")]

    def __str__(self) -> str:
        return f"leaf {self.position}"


class Tile(models.Model):
    """Up to 256 hashes of one row of the tree, 8 levels above the tile row below (C2SP tlog-tiles)."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField(max_length=8192)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="ledger_one_tile_each_place")]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.index}"


class Checkpoint(models.Model):
    """A root that this installation signed: it can never be taken back."""

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    signature = models.BinaryField(max_length=64)

    def __str__(self) -> str:
        return f"checkpoint at {self.size}"


class Cosignature(models.Model):
    """A witness's word on one of our roots: it saw nothing in the history changed up to this size."""

    size = models.BigIntegerField()
    name = models.CharField(max_length=200)
    key_id = models.BinaryField(max_length=4)
    at = models.DateTimeField()  # when the witness signed, by its own clock
    signature = models.BinaryField(max_length=72)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "size"], name="ledger_one_word_of_a_witness_each_size")]
        indexes = [models.Index(fields=["-size"], name="ledger_cosigned_by_size")]

    def __str__(self) -> str:
        return f"{self.name} on {self.size}"


class TreeState(models.Model):
    """The one row whose lock makes the sequencer single, with how far it has come."""

    size = models.BigIntegerField(default=0)
    mark_event_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_one_tree")]

    def __str__(self) -> str:
        return f"tree of {self.size}"
