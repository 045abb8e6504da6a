import { assignOwner } from '../assignment/assign-owner.ts';
import { rowError } from '../row-error.ts';
import { isNewOrChanged, type Behaviour } from './behaviour.ts';

/**
 * Leads begin unconverted, with the owner that assignment rules choose; a new owner has not read the lead yet.
 *
 * Converted leads are read-only without a permission of their own.
 */
export const leadBehaviour: Behaviour = {
  beforeSave: (job, row, old) => {
    if (!old && row['IsConverted'] === 1) {
      // Describes call it createable for loading leads that were converted elsewhere, with Create Audit Fields.
      const message = 'Unable to create/update fields: IsConverted. A lead is converted by convertLead().';
      throw rowError('INVALID_FIELD_FOR_INSERT_UPDATE', message, ['IsConverted']);
    }
    if (old?.['IsConverted'] === 1 && !job.user.access.system('AllowViewEditConvertedLeads'))
      throw rowError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', []);
    assignOwner(job, row, old);
    if (old && isNewOrChanged(row, old, 'OwnerId')) row['IsUnreadByOwner'] = 1;
  },
};
