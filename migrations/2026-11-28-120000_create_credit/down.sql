drop table gift_card_terms, gift_cards, credit_holds, credit_movements, credit_accounts;
drop function apply_credit_movement();
drop function credit_changes_by_movement();
