payments-too-much = This is more than is still to pay
payments-too-little = Write an amount above 0
payments-closed = This payment is over; nothing more can be recorded on it
payments-bank_transfer = Bank transfer
