-- A row is one open question whether two contacts are one person, the surest first.
select
    match_questions.question_id,
    match_questions.left_contact as contact_id,
    coalesce(mine.name, '') as name,
    match_questions.right_contact as other_id,
    coalesce(theirs.name, '') as other_name,
    coalesce(match_questions.evidence, '') as evidence,
from match_questions
join contacts as mine on mine.contact_id = match_questions.left_contact
join contacts as theirs on theirs.contact_id = match_questions.right_contact
where not coalesce(mine.died, false) and not coalesce(theirs.died, false)
order by match_questions.probability desc, match_questions.question_id
