"""What is met, called off, moved and written about in Japanese and Chinese."""

from pathlib import Path

from tests.steps.lives import HELD, LINE, OFF, UNKNOWN, Life


def life() -> Life:
    """A freelancer in Tokyo."""
    life = Life(
        name="佐藤 美咲",
        address="misaki.sato@sato-office.example",
        private="misaki@mail.example",
        zone="Asia/Tokyo",
        end="2026-11-30",
    )
    life.friend("田中 太郎", "tanaka@yamato.example")
    life.friend("鈴木 花子", "h.suzuki@fuji.example")
    life.friend("高橋健一", "takahashi@kobe.example")
    life.friend("王小明", "xm.wang@shanghai.example")
    life.friend("Kim Min-jun", "minjun@seoul.example", phone="+82 10 5550 1234")
    life.friend("Emily Carter", "emily@carter.example")
    life.friend("渡辺 誠", "watanabe@osaka.example")
    life.friend("山本 直子", "n.yamamoto@edu.example")
    life.friend("李伟", "li.wei@beijing.example")
    life.friend("中村 翔", "nakamura@startup.example")
    life.friend("小林 恵", "kobayashi@press.example")
    life.note(HELD, "田中 太郎", "田中さんとランチ", "2026-11-02 12:00", "丸の内 鳥幸")
    life.note(HELD, "鈴木 花子", "打ち合わせ 鈴木様", "2026-11-02 15:00", "会議室3")
    life.note(LINE, "高橋健一", "高橋さん Zoom", "2026-11-04 10:00")
    life.meet(OFF, "渡辺 誠", "定例会", "2026-11-04 14:00", "本社 会議室A")
    life.mail("渡辺 誠", "本日の打ち合わせ、欠席いたします", "2026-11-04 09:00")
    life.meet(LINE, "山本 直子", "研究相談", "2026-11-05 13:00", "東京都文京区本郷7-3-1")
    life.mail("山本 直子", "明日はオンラインに変更でお願いします", "2026-11-04 18:00")
    life.meet(HELD, "中村 翔", "中村 翔 / 佐藤", "2026-11-05 19:00", "https://meet.google.com/abc-defg-hij")
    life.mail("中村 翔", "今夜は対面でいかがですか?新橋の居酒屋で", "2026-11-05 12:00")
    life.mail("中村 翔", "昨日はごちそうさまでした", "2026-11-06 09:00")
    life.meet(OFF, "小林 恵", "取材", "2026-11-06 10:00", "銀座ルノアール")
    life.mail("小林 恵", "本日は伺えず申し訳ございませんでした", "2026-11-06 13:00")
    life.meet(OFF, "小林 恵", "取材打ち合わせ", "2026-11-09 10:00", "銀座ルノアール 2F")
    life.mail("小林 恵", "日程変更のお願い（11月9日）", "2026-11-08 15:00")
    life.event("体調不良のため休み", "2026-11-10", days=1)
    life.meet(OFF, "田中 太郎", "見積もり相談", "2026-11-10 14:00", "大和商事 5階")
    life.event("大阪出張", "2026-11-12", place="大阪府大阪市北区", days=2)
    life.meet(OFF, "鈴木 花子", "週次ミーティング", "2026-11-12 11:00", "会議室3", recurring=True)
    life.meet(
        HELD,
        "渡辺 誠",
        "渡辺様 訪問",
        "2026-11-12 15:00",
        "大阪市北区梅田1-1-1 渡辺商店",
        created_at=life.micros("2026-11-11 10:00"),
    )
    life.note(LINE, "王小明", "和王小明电话", "2026-11-13 10:00")
    life.note(HELD, "王小明", "与王总吃饭", "2026-11-14 18:00", "全聚德")
    life.meet(OFF, "李伟", "项目会议", "2026-11-16 10:00", "会议室301")
    life.mail("李伟", "抱歉今天来不了", "2026-11-16 08:00")
    life.meet(HELD, "李伟", "见面", "2026-11-17 10:00", "星巴克 国贸店")
    life.mail("李伟", "谢谢昨天的招待", "2026-11-18 09:00")
    life.meet(LINE, "Kim Min-jun", "Catch-up", "2026-11-17 16:00")
    life.mail("Kim Min-jun", "Good talking to you today", "2026-11-17 18:00")
    life.meet(UNKNOWN, "Emily Carter", "Emily Carter", "2026-11-18 10:00")
    life.meet(OFF, "Emily Carter", "Lunch with Emily", "2026-11-19 12:00", "Bills Ginza")
    life.mail("Emily Carter", "Can't make it Thursday, sorry!", "2026-11-18 17:00")
    life.event("有給休暇", "2026-11-23", days=2)
    life.meet(OFF, "高橋健一", "進捗報告", "2026-11-24 10:00", "会議室B", recurring=True)
    life.note(None, "田中 太郎", "田中さん誕生日", "2026-11-25", days=1)
    life.note(None, "田中 太郎", "田中さんにメール", "2026-11-25 10:00")
    life.note(None, "渡辺 誠", "渡辺 誠 告別式", "2026-11-26 10:00", "青山葬儀所")
    life.event("在宅勤務", "2026-11-26", days=1)
    life.meet(
        LINE,
        "山本 直子",
        "論文レビュー",
        "2026-11-26 13:00",
        "会議室C",
        text="Zoom https://us02web.zoom.us/j/123456789",
    )
    life.note(HELD, "山本 直子", "山本先生とお茶", "2026-11-27 15:00", "喫茶店ルノアール")
    life.meet(OFF, "鈴木 花子", "会食", "2026-11-27 19:00", "料亭 花月", answer="declined")
    life.meet(OFF, "中村 翔", "面談", "2026-11-20 10:00", "渋谷オフィス", status="cancelled")
    return life


def test_each_is_what_it_was(tmp_path: Path) -> None:
    """Each entry comes out as what it was, with nobody met who was not."""
    assert life().misjudged(tmp_path) == {}
