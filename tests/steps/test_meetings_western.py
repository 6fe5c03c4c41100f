"""What is met, called off and moved in French, Spanish, Italian, Portuguese, Dutch and Polish."""

from pathlib import Path

from tests.steps.lives import HELD, LINE, OFF, UNKNOWN, Life


def life() -> Life:
    """A consultant in Paris, with friends all over Europe."""
    life = Life(
        name="Claire Moreau",
        address="c.moreau@moreau-conseil.example",
        private="claire@laposte.example",
        zone="Europe/Paris",
        end="2026-11-30",
    )
    life.friend("Julien Lefèvre", "julien.lefevre@lefevre.example")
    life.friend("Amélie Dubois", "amelie.dubois@mairie.example")
    life.friend("Étienne Girard", "e.girard@girard.example")
    life.friend("María García López", "maria.garcia@garcia.example")
    life.friend("Javier Ruiz", "jruiz@ruiz.example")
    life.friend("Chiara Conti", "chiara.conti@conti.example")
    life.friend("João Silva", "joao.silva@silva.example")
    life.friend("Sanne de Vries", "sanne@devries.example")
    life.friend("Agnieszka Nowak", "a.nowak@nowak.example")
    life.friend("Marc Petit", "marc.petit@petit.example")
    life.friend("Sophie Laurent", "s.laurent@laurent.example")
    life.note(HELD, "Marc Petit", "Dîner chez Marc", "2026-11-07 20:00", calendar="Perso")
    life.note(HELD, "Julien Lefèvre", "Déjeuner avec Julien", "2026-11-02 12:30", "Le Bouillon Chartier")
    life.note(LINE, "Amélie Dubois", "Point téléphonique Amélie", "2026-11-02 16:00", "06 12 34 56 78")
    life.meet(OFF, "Étienne Girard", "Réunion budget", "2026-11-03 10:00", "Salle Molière")
    life.mail("Étienne Girard", "Désolé, je dois annuler ce matin", "2026-11-03 08:00")
    life.meet(LINE, "Sophie Laurent", "Café Sophie", "2026-11-04 09:00", "Café de Flore")
    life.mail("Sophie Laurent", "Plutôt en visio ce matin ?", "2026-11-04 07:30")
    life.meet(
        HELD, "Étienne Girard", "Point projet", "2026-11-05 14:00", "https://teams.microsoft.com/l/meetup-join/xx"
    )
    life.mail("Étienne Girard", "On se voit plutôt en personne jeudi ?", "2026-11-03 17:00")
    life.mail("Étienne Girard", "Ravie de t'avoir vue hier", "2026-11-06 09:00")
    life.note(HELD, "María García López", "Comida con María", "2026-11-06 14:00", "Restaurante Botín")
    life.meet(OFF, "Javier Ruiz", "Reunión mensual", "2026-11-09 10:00", "Oficina central, C/ Alcalá 12, Madrid")
    life.mail("Javier Ruiz", "No puedo mañana, lo siento", "2026-11-08 18:00")
    life.meet(OFF, "Javier Ruiz", "Llamada Javier", "2026-11-11 10:00")
    life.mail("Javier Ruiz", "¿Podemos aplazar la llamada de hoy?", "2026-11-11 08:00")
    life.meet(HELD, "Javier Ruiz", "Visita obra", "2026-11-13 10:00", "Calle Mayor 4, Madrid")
    life.mail("Javier Ruiz", "Un placer verte ayer", "2026-11-14 11:00")
    life.note(
        HELD, "Chiara Conti", "Pranzo con Chiara", "2026-11-10 13:00", "Trattoria da Enzo, Via dei Vascellari 29, Roma"
    )
    life.meet(OFF, "Chiara Conti", "Riunione", "2026-11-12 11:00", "Sala Verdi")
    life.mail("Chiara Conti", "Purtroppo devo annullare oggi", "2026-11-12 08:30")
    life.meet(OFF, "João Silva", "Café com João", "2026-11-13 16:00", "Pastelaria Suíça")
    life.mail("João Silva", "Não consigo ir hoje, desculpa", "2026-11-13 12:00")
    life.note(HELD, "Sanne de Vries", "Lunch met Sanne", "2026-11-16 12:30", "Café de Jaren, Amsterdam")
    life.meet(LINE, "Agnieszka Nowak", "Rozmowa z Agnieszką", "2026-11-17 10:00", "https://meet.jit.si/nowak")
    life.meet(OFF, "Agnieszka Nowak", "Spotkanie", "2026-11-18 10:00", "Kawiarnia Relaks, ul. Złota 8, Warszawa")
    life.mail("Agnieszka Nowak", "Niestety muszę odwołać dzisiejsze spotkanie", "2026-11-18 07:00")
    life.event("Congés", "2026-11-23", days=5)
    life.meet(OFF, "Étienne Girard", "Comité de pilotage", "2026-11-24 10:00", "Salle Molière", recurring=True)
    life.note(HELD, "Marc Petit", "Apéro Marc", "2026-11-24 19:00", "Bar Le Central", calendar="Perso")
    life.note(None, "Marc Petit", "Anniversaire Marc", "2026-11-26", days=1)
    life.note(None, "Sophie Laurent", "Cadeau pour Sophie", "2026-11-26 18:00")
    life.note(None, "Julien Lefèvre", "Obsèques de Julien Lefèvre", "2026-11-27 10:00", "Église Saint-Sulpice")
    life.meet(OFF, "Amélie Dubois", "Rendez-vous mairie", "2026-11-20 09:00", "Mairie du 11e, place Léon Blum")
    life.mail("Amélie Dubois", "Refusé : Rendez-vous mairie", "2026-11-19 10:00", marks=("invitation",))
    life.meet(OFF, "Sophie Laurent", "Déjeuner équipe", "2026-11-19 12:30", "Brasserie Lipp")
    life.mail("Sophie Laurent", "Tu m'as manqué hier, j'ai attendu 30 minutes", "2026-11-20 09:00")
    life.meet(UNKNOWN, "Amélie Dubois", "Échange", "2026-11-12 15:00")
    return life


def test_each_is_what_it_was(tmp_path: Path) -> None:
    """Each entry comes out as what it was, with nobody met who was not."""
    assert life().misjudged(tmp_path) == {}
