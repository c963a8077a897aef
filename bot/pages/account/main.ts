import './account.ts';
import './account.css';
