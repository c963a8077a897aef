import './clerk.ts';
import './clerk.css';
