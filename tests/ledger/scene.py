"""A centre, two mirrors and a neutral in one process, talking as they would over a network."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.ledger.notes_made import COSIGNERS, LOG, NOW, SIDES, policy_text
from tregua.errors import SourceUnreachable
from tregua.ledger.beat.ask import Reached, ask
from tregua.ledger.beat.publish import Published, publish
from tregua.ledger.entry import canonical
from tregua.ledger.intake import append
from tregua.ledger.mirror.mirror import Mirror
from tregua.ledger.notes.note import SignedNote
from tregua.ledger.notes.policy import Cosigner, Policy
from tregua.ledger.notes.read_policy import read_policy
from tregua.ledger.open import open_for_writing
from tregua.ledger.store import Store
from tregua.ledger.tiles.read_tiles import FileSource, FolderSource
from tregua.ledger.tiles.tiled_tree import TiledTree
from tregua.ledger.witness.call import Reply
from tregua.ledger.witness.witness import Witness


@dataclass(slots=True)
class Scene:
    """Everybody of a scene.

    ``away`` holds the names of those who cannot be reached; ``shown`` is what mirrors are shown of
    the log in place of all of it.
    """

    folder: Path
    store: Store
    policy: Policy
    mirrors: dict[str, Mirror]
    witness: Witness
    away: set[str] = field(default_factory=set)
    now: int = NOW
    shown: FileSource | None = None

    @property
    def public(self) -> Path:
        return self.folder / "public"

    @property
    def source(self) -> FolderSource:
        return FolderSource(self.public)

    def report(self, number: int) -> None:
        """Append so many reports."""
        first = self.store.size()
        bodies = [canonical({"n": n}) for n in range(first, first + number)]
        append(self.store, [("report", "Side A", body) for body in bodies])

    def beat(self, *handed: SignedNote, hours: int = 1) -> Published:
        """Let time pass, then publish."""
        self.now += hours * 3600
        return publish(
            self.store,
            self.public,
            LOG,
            self.policy,
            now=self.now,
            handed=handed,
            asking=self.asking,
        )

    def asking(
        self, cosigner: Cosigner, note: SignedNote, tree: TiledTree, *, old: int, now: int
    ) -> Reached:
        def send(url: str, body: bytes) -> Reply:
            name = cosigner.name.decode()
            if name in self.away:
                raise SourceUnreachable(url, "nobody answers")
            if name in self.mirrors:
                answer = self.mirrors[name].add_checkpoint(
                    body, now=now, source=self.shown or self.source
                )
            else:
                answer = self.witness.add_checkpoint(body, now=now)
            return Reply(answer.status, answer.type, answer.body)

        return ask(cosigner, note, tree, old=old, now=now, send=send)


def scene(folder: Path, rules: str = SIDES) -> Scene:
    """Set up everybody in a folder."""
    policy = read_policy(policy_text(rules))
    mirrors = {name: Mirror(folder / name, policy, COSIGNERS[name]) for name in ("A", "B")}
    witness = Witness((COSIGNERS["UN"],), (LOG.public,), folder / "UN")
    store = open_for_writing(folder / "ledger.sqlite")
    return Scene(folder, store, policy, mirrors, witness)
