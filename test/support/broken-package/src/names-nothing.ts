/** Names an object that the package does not have. */
export const goneObject = 'Accord_Gone__c';

export const goneField = 'SELECT Id, Gone__c FROM Lead WHERE Status = null';
