import { assignOwner } from '../assignment/assign-owner.ts';
import { rowError } from '../row-error.ts';
import { isNewOrChanged, type Behaviour } from './behaviour.ts';

/** Leads begin unconverted; converted ones are read-only without a permission of their own; assignment rules choose the owner; a new owner has not read the lead yet. */
export const leadBehaviour: Behaviour = {
  beforeSave: (job, row, old) => {
    if (!old && row['IsConverted'] === 1) {
      // Describes call the field createable, yet only loading converted leads from elsewhere, with Create Audit Fields, sets it.
      const message = 'Unable to create/update fields: IsConverted. A lead is converted by convertLead().';
      throw rowError('INVALID_FIELD_FOR_INSERT_UPDATE', message, ['IsConverted']);
    }
    if (old?.['IsConverted'] === 1 && !job.user.access.system('AllowViewEditConvertedLeads'))
      throw rowError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', []);
    assignOwner(job, row, old);
    if (old && isNewOrChanged(row, old, 'OwnerId')) row['IsUnreadByOwner'] = 1;
  },
};
