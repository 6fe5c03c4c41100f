-- A row is a title or subject, known by `as_of`, that may speak of a death or a memorial in one of several languages.
with said as (
    select title as words from occurrences
    union
    select subject from mails where not list_has_any(marks, ['spam', 'draft', 'bulk'])
)

select distinct words
from said
where regexp_matches(
    lower(words),
    'memoriam|memorial|funeral|celebration of life|obituary|condolence|service for|passing of|burial|'
    || 'trauer|beerdigung|beisetzung|bestattung|nachruf|gedenk|verstorben|urnenbei|'
    || 'obsèques|obseques|funérailles|funerailles|enterrement|inhumation|condoléances|hommage|décès|deces de|'
    || 'messe pour|à la mémoire|misa por|misa funeral|en memoria|tanatorio|messa per|suffragio|trigesimo|missa por|em memória|'
    || 'entierro|velatorio|sepelio|misa de|fallecimiento|exequias|pésame|velório|velorio|enterro|missa de|falecimento|'
    || 'funerale|esequie|lutto|commemorazione|uitvaart|begrafenis|herdenking|crematie|overlijden|overleden|'
    || 'pogrzeb|msza za|stypa|nabożeństwo|wspomnienie|begravning|begravelse|minnesstund|bisättning|mindehøjtid|hautajaiset|'
    || 'abdankung|begräbnis|requiem|réquiem|totenmesse|sechswochenamt|jahresgedächtnis|seelenamt|rosenkranz für|aussegnung|kondolenz|'
    || 'funèbre|in memoria|cremaz|shiva|wake for|wake of|remembrance|vigil for|rest in peace|r\.i\.p|rip .*(removal|funeral|mass|church)|month.?s mind|reposing|'
    || 'anniversary mass|cremat|crémation|cremaç|cremación|kremacja|homenaje póstumo|homenagem póstuma|responso|honras fúnebres|fúnebre|'
    || 'funebre|cabo de año|novenario|messe anniversaire|messe du souvenir|messe d''enterrement|recueillement|cérémonie d''adieu|'
    || 'dispersion des cendres|sepoltura|camera ardente|ultimo saluto|messa in|messa di|exéquias|missa do|afscheidsdienst|afscheidsplecht|'
    || 'condoleance|rouwdienst|rouwbezoek|asverstrooi|nagedachtenis|żałobn|ostatnie pożegnanie|czuwanie|różaniec za|msza pogrzebowa|'
    || 'w intencji śp|pożegnanie śp|wypominki|初七日|納骨|三回忌|焼香|弔問|葬式|墓参り|头七|出殡|守灵|公祭|扫墓|火化|遗体|告別|'
    || 'похорон|поминк|памяти|прощание|葬儀|告別式|通夜|偲ぶ会|お別れの会|追悼|訃報|法要|四十九日|一周忌|葬礼|葬禮|告别|追思|讣告|悼念|장례|추모|부고'
)
order by words
